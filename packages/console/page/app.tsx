import { useEffect } from 'preact/hooks'
import type { FunctionComponent } from 'preact'
import { loadState, state, stateError } from './lib/api'
import { isConnected, listen } from './lib/live'
import { followLinks, path } from './lib/router'
import { Failed, Loading } from './parts/states'
import { DemoView } from './views/demo'
import { FaultsView } from './views/faults'
import { LiveView } from './views/live'
import { MappingsView } from './views/mappings'
import { PanelView } from './views/panel'
import { TestView } from './views/test'

interface View {
  path: string
  label: string
  Component: FunctionComponent
  /** Whether it shows the stand-in Tractionboard. */
  needsSandbox?: boolean
  /** Whether it has a heading of its own that can be seen. */
  hasHeading?: boolean
}

const VIEWS: View[] = [
  { path: 'live', label: 'Live', Component: LiveView },
  { path: 'test', label: 'Test', Component: TestView },
  { path: 'mappings', label: 'Mappings', Component: MappingsView },
  { path: 'panel', label: 'Panel', Component: PanelView, needsSandbox: true, hasHeading: true },
  { path: 'faults', label: 'Faults', Component: FaultsView, needsSandbox: true, hasHeading: true },
  { path: 'demo', label: 'Demo shop', Component: DemoView, needsSandbox: true }
]

export function App() {
  useEffect(() => {
    loadState()
    listen()
    document.addEventListener('click', followLinks)
    return () => document.removeEventListener('click', followLinks)
  }, [])
  const loaded = state.value
  if (stateError.value) return <Failed message={stateError.value} onRetry={loadState} />
  if (!loaded) return <Loading what="the console" />

  const views = VIEWS.filter(({ needsSandbox }) => !needsSandbox || loaded.sandboxUrl)
  const view = views.find(({ path: name }) => name === path.value[0]) ?? views[0]
  document.title = `${view.label} · ${loaded.name}`
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="bar">
        <a class="brand" href="/live">
          <img src="/icon.svg" alt="" width="24" height="24" />
          <span>{loaded.name}</span>
        </a>
        <nav aria-label="Views">
          {views.map(({ path: name, label }) => (
            <a href={`/${name}`} aria-current={view.path === name ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <span class={`connection ${isConnected.value ? 'is-on' : ''}`} role="status">
          {isConnected.value ? 'Connected' : 'Not connected'}
        </span>
      </header>
      <main id="main" tabIndex={-1}>
        {!view.hasHeading && <h1 class="visually-hidden">{view.label}</h1>}
        <view.Component />
      </main>
    </>
  )
}
