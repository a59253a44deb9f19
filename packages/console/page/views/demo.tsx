import { PanelSummary } from './panel'

/** The demo shop beside the panel. */
export const DemoView = () => (
  <div class="split demo">
    <section class="shop-frame" aria-label="The demo shop">
      <iframe src="/demo/shop?utm_source=newsletter&utm_medium=email&utm_campaign=spring" title="Demo shop" />
    </section>
    <section class="pane" aria-label="The panel">
      <PanelSummary />
    </section>
  </div>
)
