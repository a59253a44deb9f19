import type { ComponentChildren } from 'preact'

interface Props {
  /** What screen readers call it. */
  label: string
  kind: 'figures' | 'fields' | 'diff'
  headings: string[]
  /** The rows. */
  children: ComponentChildren
}

/** A table that can be scrolled sideways where it is too wide, also by keyboard. */
export const Table = ({ label, kind, headings, children }: Props) => (
  <div class="scroll" tabIndex={0} role="region" aria-label={label}>
    <table class={kind}>
      <thead>
        <tr>
          {headings.map((heading) => (
            <th scope="col">{heading}</th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
)
