/** Segment's library, as the snippet makes it. */
interface Analytics {
  page(name: string): void
  identify(userId: string, traits: object): void
  track(event: string, properties?: object): void
  reset(): void
}

declare global {
  interface Window {
    analytics: Analytics
  }
}

const USER = 'demo-shop.user'
const MONEY = { revenue: 49, currency: 'USD' }

const element = (id: string) => document.getElementById(id) as HTMLButtonElement

function show(said = ''): void {
  const user = localStorage.getItem(USER)
  element('who').textContent = user ?? 'Not signed in'
  element('said').textContent = said
  element('signup').disabled = user !== null
  for (const id of ['pay', 'refund', 'cancel']) element(id).disabled = user === null
}

function signUp(): void {
  const user = `user-${Date.now().toString(36)}`
  localStorage.setItem(USER, user)
  window.analytics.identify(user, { email: `${user}@example.com`, plan: 'team' })
  window.analytics.track('signup', { plan: 'team' })
  show('Welcome. The panel has one signup more.')
}

function startAnew(): void {
  localStorage.removeItem(USER)
  window.analytics.reset()
  window.analytics.page('Home')
  show('You are a new visitor.')
}

function track(event: string, said: string, properties?: object): void {
  window.analytics.track(event, properties)
  show(said)
}

const CLICKS: Record<string, () => void> = {
  visit: () => {
    window.analytics.page('Prices')
    show('The panel has one visit more.')
  },
  signup: signUp,
  pay: () => track('Payment Made', 'Thank you. Earnings went up.', MONEY),
  refund: () => track('Refund Received', 'The money is on its way. Revenue went down.', MONEY),
  cancel: () => track('cancel', 'We are sorry to see you go. The churn rate went up.', { reason: 'too expensive' }),
  another: startAnew
}

for (const [id, onClick] of Object.entries(CLICKS)) element(id).addEventListener('click', onClick)
show()

export {}
