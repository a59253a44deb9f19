import { useState } from 'preact/hooks'
import type { PanelData, SpendEntry, UserDetail, UsersPage } from '../../src/api-types'
import { api } from '../lib/api'
import { formatDateTime, formatMoney, formatNumber, formatPercent, shortValue } from '../lib/format'
import { deliveries } from '../lib/live'
import { sums, usePanel } from '../lib/panel'
import { path } from '../lib/router'
import { useLoaded } from '../lib/use-loaded'
import { Chart } from '../parts/chart'
import { Empty, Failed, Loading } from '../parts/states'
import { Table } from '../parts/table'

const money = (amounts: Record<string, string | null>) => sums(amounts, formatMoney)

/** The panel of the stand-in Tractionboard, or one of its users. */
export function PanelView() {
  const [, part, id] = path.value
  if (part === 'users' && id !== undefined) return <UserView id={id} />
  return <Panel />
}

/** The panel's numbers, for beside the demo shop. */
export function PanelSummary() {
  const { data, error, reload } = usePanel()
  if (error) return <Failed message={error} onRetry={reload} />
  if (!data) return <Loading what="the panel" />
  return (
    <div class="page">
      <h2>Panel</h2>
      <Numbers data={data} />
      <Sources data={data} />
      <Users />
    </div>
  )
}

function Panel() {
  const { data, error, reload, set } = usePanel()
  if (error) return <Failed message={error} onRetry={reload} />
  if (!data) return <Loading what="the panel" />
  if (data.activity.length === 0) {
    return (
      <Empty title="No numbers yet">
        <p>The panel fills as calls come in.</p>
        <p>
          <a class="button primary" href="/demo">
            Visit the demo shop
          </a>
        </p>
      </Empty>
    )
  }
  return (
    <div class="page">
      <h1>Panel</h1>
      <Numbers data={data} />
      <Months data={data} />
      <Sources data={data} />
      <Spend data={data} onChange={set} />
      <Users />
    </div>
  )
}

function Numbers({ data: { dashboard } }: { data: PanelData }) {
  const numbers: [string, string][] = [
    ['Visits', formatNumber(dashboard.visits)],
    ['Logins', formatNumber(dashboard.logins)],
    ['Signups', formatNumber(dashboard.signups)],
    ['Customers', formatNumber(dashboard.customers)],
    ['Churn rate', formatPercent(dashboard.churn_rate)],
    ['Earnings', money(dashboard.earnings)],
    ['Refunds', money(dashboard.refunds)],
    ['Revenue', money(dashboard.revenue)],
    ['UAC', money(dashboard.uac)]
  ]
  return (
    <dl class="numbers" aria-label="Numbers">
      {numbers.map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd data-number={label}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Months({ data: { dashboard, activity } }: { data: PanelData }) {
  const months = dashboard.months.map(({ month }) => month)
  const rows = dashboard.months.map((metrics) => ({
    metrics,
    done: activity.find(({ month }) => month === metrics.month)
  }))
  // A chart has one scale, so it shows the currency that most was earned in.
  const currency = Object.entries(dashboard.earnings).sort(([, one], [, other]) => Number(other) - Number(one))[0]?.[0]
  const amounts = (name: 'earnings' | 'refunds' | 'revenue') =>
    rows.map(({ done }) => Number(currency === undefined ? 0 : (done?.[name][currency] ?? 0)))
  const whole = (value: number) => formatNumber(Math.round(value * 100) / 100)
  return (
    <section>
      <h2>By month</h2>
      <div class="charts">
        <Chart title="Visits" months={months} values={rows.map(({ done }) => done?.visits ?? 0)} format={whole} />
        <Chart title="Signups" months={months} values={rows.map(({ done }) => done?.signups ?? 0)} format={whole} />
        {currency && (
          <Chart title={`Revenue, ${currency}`} months={months} values={amounts('revenue')} format={whole} />
        )}
        <Chart
          title="Churn rate"
          months={months}
          values={rows.map(({ metrics }) => metrics.churn_rate)}
          format={(value) => formatPercent(value)}
        />
      </div>
      <Table
        label="By month"
        kind="figures"
        headings={[
          'Month',
          'Visits',
          'Logins',
          'Signups',
          'New customers',
          'Canceled',
          'Churn rate',
          'Earnings',
          'Refunds',
          'Revenue',
          'UAC'
        ]}
      >
        {rows.map(({ metrics, done }) => (
          <tr>
            <th scope="row">{metrics.month}</th>
            <td>{formatNumber(done?.visits ?? 0)}</td>
            <td>{formatNumber(done?.logins ?? 0)}</td>
            <td>{formatNumber(done?.signups ?? 0)}</td>
            <td>{formatNumber(metrics.new)}</td>
            <td>{formatNumber(metrics.canceled)}</td>
            <td>{formatPercent(metrics.churn_rate)}</td>
            <td>{money(done?.earnings ?? {})}</td>
            <td>{money(done?.refunds ?? {})}</td>
            <td>{money(done?.revenue ?? {})}</td>
            <td>{money(metrics.uac)}</td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

function Sources({ data: { dashboard } }: { data: PanelData }) {
  if (dashboard.sources.length === 0) return null
  const costOf = (source: string | null) =>
    dashboard.uac_by_source.find((cost) => cost.source.toLowerCase() === source?.toLowerCase())
  return (
    <section>
      <h2>Where customers come from</h2>
      <Table
        label="Where customers come from"
        kind="figures"
        headings={['Source', 'People', 'Signups', 'Spend of the source', 'UAC of the source']}
      >
        {dashboard.sources.map(({ name, source, people, signups }) => (
          <tr>
            <th scope="row">{name}</th>
            <td>{formatNumber(people)}</td>
            <td>{formatNumber(signups)}</td>
            <td>{money(costOf(source)?.spend ?? {})}</td>
            <td>{money(costOf(source)?.uac ?? {})}</td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

function Spend({ data, onChange }: { data: PanelData; onChange: (data: PanelData) => void }) {
  const [error, setError] = useState('')
  const put = (spend: readonly SpendEntry[]) =>
    api<PanelData>('spend', { method: 'PUT', body: spend }).then(
      (changed) => {
        setError('')
        onChange(changed)
        return true
      },
      (failure: Error) => {
        setError(failure.message)
        return false
      }
    )

  function add(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const fields = new FormData(form)
    const text = (name: string) => String(fields.get(name) ?? '').trim()
    const entry: SpendEntry = {
      currency: text('currency').toUpperCase(),
      amount: Number(text('amount')),
      ...(text('source') && { source: text('source') }),
      ...(text('month') && { month: text('month') })
    }
    void put([...data.spend, entry]).then((isTaken) => isTaken && form.reset())
  }

  return (
    <section>
      <h2>Spend</h2>
      <p class="note">What was spent to acquire customers. It gives the UAC.</p>
      <form class="inline-form" onSubmit={add}>
        <label>
          Amount <input name="amount" type="number" min="0" step="any" required />
        </label>
        <label>
          Currency <input name="currency" value="USD" pattern="[A-Za-z]{3}" maxLength={3} required />
        </label>
        <label>
          Source <input name="source" placeholder="any" />
        </label>
        <label>
          Month <input name="month" placeholder="2026-03" pattern="\d{4}-\d{2}" />
        </label>
        <button type="submit" class="primary">
          Add spend
        </button>
      </form>
      {error && (
        <p class="callout is-bad" role="alert">
          {error}
        </p>
      )}
      <ul class="chips">
        {data.spend.map((entry, index) => (
          <li>
            {formatMoney(entry.currency, String(entry.amount))} {entry.source && `for ${entry.source}`}{' '}
            {entry.month && `in ${entry.month}`}
            <button
              type="button"
              aria-label={`Remove the spend of ${entry.amount} ${entry.currency}`}
              onClick={() => void put(data.spend.filter((_, other) => other !== index))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Users() {
  const [search, setSearch] = useState('')
  const count = deliveries.value
  const { data, error } = useLoaded(() => api<UsersPage>(`users?search=${encodeURIComponent(search)}`), [search, count])
  return (
    <section>
      <h2>Users</h2>
      <div class="toolbar">
        <input
          type="search"
          aria-label="Search users"
          placeholder="Search by ID"
          value={search}
          onInput={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        {data && (
          <span class="count">
            {data.users.length < data.total && `the latest ${formatNumber(data.users.length)} of `}
            {formatNumber(data.total)} {data.total === 1 ? 'user' : 'users'}
          </span>
        )}
      </div>
      {error && <Failed message={error} />}
      {data && data.users.length === 0 && (
        <p class="note">No user yet: a visitor becomes one by a login or a signup.</p>
      )}
      {data && data.users.length > 0 && (
        <Table label="Users" kind="figures" headings={['User', 'Status', 'First touch', 'Revenue', 'Last seen']}>
          {data.users.map((user) => (
            <tr>
              <th scope="row">
                <a href={`/panel/users/${encodeURIComponent(user.external_user_id)}`}>
                  {shortValue(user.external_user_id)}
                </a>
              </th>
              <td>{user.status}</td>
              <td>{touch(user.first_touch)}</td>
              <td>{money(user.revenue)}</td>
              <td>{formatDateTime(user.last_seen)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  )
}

const touch = (firstTouch: object) => {
  const { kind, campaign, host } = firstTouch as { kind: string; campaign?: object; host?: string }
  return [kind, ...Object.values(campaign ?? {}), host].filter((part) => typeof part === 'string').join(' / ')
}

function UserView({ id }: { id: string }) {
  const count = deliveries.value
  const { data, error, reload } = useLoaded(() => api<UserDetail>(`users/${encodeURIComponent(id)}`), [id, count])
  if (error) return <Failed message={error} onRetry={reload} />
  if (!data) return <Loading what="the user" />
  const { user, events } = data
  const facts: [string, string][] = [
    ['Status', user.status],
    ['First touch', touch(user.first_touch)],
    ['Earnings', money(user.earnings)],
    ['Refunds', money(user.refunds)],
    ['Revenue', money(user.revenue)],
    ['Earlier IDs', user.previous_ids.join(', ') || '–'],
    ['Anonymous IDs', user.anonymous_ids.join(', ') || '–']
  ]
  return (
    <div class="page">
      <p>
        <a href="/panel">← Panel</a>
      </p>
      <h1>{shortValue(user.external_user_id)}</h1>
      <dl class="facts">{facts.flatMap(([label, value]) => [<dt>{label}</dt>, <dd>{value}</dd>])}</dl>
      {Object.keys(user.attributes).length > 0 && (
        <section>
          <h2>Attributes</h2>
          <dl class="facts">
            {Object.entries(user.attributes).flatMap(([name, value]) => [
              <dt>{name}</dt>,
              <dd>{shortValue(value)}</dd>
            ])}
          </dl>
        </section>
      )}
      <section>
        <h2>Timeline</h2>
        <ol class="timeline">
          {[...events].reverse().map((event) => (
            <li>
              <time dateTime={event.occurred_at}>{formatDateTime(event.occurred_at)}</time>
              <strong>{event.type}</strong>
              <span>{describe(event)}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

/** What an event is about. */
function describe(event: UserDetail['events'][number]): string {
  switch (event.type) {
    case 'payment':
    case 'refund':
      return formatMoney(event.currency, String(event.amount))
    case 'event':
      return event.name
    case 'alias':
      return `earlier ID: ${event.previous_id}`
    case 'visit':
      return event.context?.page?.path ?? event.name ?? ''
    case 'attribute':
    case 'login':
      return Object.keys(event.attributes ?? {}).join(', ')
    default:
      return ''
  }
}
