import type { ComponentChildren } from 'preact'

/** What is shown until something is loaded. */
export const Loading = ({ what }: { what: string }) => (
  <p class="state" role="status">
    <span class="spinner" aria-hidden="true" /> Loading {what}…
  </p>
)

/** What is shown if something cannot be loaded. */
export const Failed = ({ message, onRetry }: { message: string; onRetry?: () => void }) => (
  <div class="state is-failed" role="alert">
    <p>{message}</p>
    {onRetry && (
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    )}
  </div>
)

/** What is shown where there is nothing yet. */
export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="state is-empty">
    <h2>{title}</h2>
    {children}
  </div>
)
