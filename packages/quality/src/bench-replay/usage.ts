/** What a process, or a part of its work, used. */
export interface Usage {
  /** Processor time of all its threads, in microseconds. */
  cpu: number
  /** The most memory that the process has had until then (`VmHWM`), in bytes. */
  peakMemory: number
}

type ResourceUsage = Pick<NodeJS.ResourceUsage, 'userCPUTime' | 'systemCPUTime' | 'maxRSS'>

/** Reads what `process.resourceUsage` gave. */
export function usageOf({ userCPUTime, systemCPUTime, maxRSS }: ResourceUsage): Usage {
  return { cpu: userCPUTime + systemCPUTime, peakMemory: maxRSS * 1024 }
}

/** What this process has used since an earlier usage. */
export function usageSince(start: Usage): Usage {
  const { cpu, peakMemory } = usageOf(process.resourceUsage())
  return { cpu: cpu - start.cpu, peakMemory }
}
