import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { defineConfig } from 'vite'

const OUT = 'dist/page'

/** What all scripts and styles of the page may have together, compressed. */
const MAX_BROTLI_BYTES = 150_000

/** Writes a `.br` beside each text file, and fails if they are larger than they may be. */
const brotli = () => ({
  name: 'brotli',
  apply: 'build',
  closeBundle() {
    const folder = join(import.meta.dirname, OUT)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(js|css|html|svg)$/.test(name)
    )
    const sizes = files.map((name) => {
      const compressed = brotliCompressSync(readFileSync(join(folder, name)))
      writeFileSync(join(folder, `${name}.br`), compressed)
      return compressed.length
    })
    const total = sizes.reduce((sum, size) => sum + size, 0)
    console.log(`page: ${total} bytes of brotli in ${files.length} files`)
    if (total > MAX_BROTLI_BYTES)
      throw new Error(`The page has ${total} bytes of brotli, more than ${MAX_BROTLI_BYTES}.`)
  }
})

export default defineConfig({
  root: join(import.meta.dirname, 'page'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, OUT),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    // Nothing is written into the HTML or the CSS as a data address: the page's policy allows only its own files.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['index.html', 'shop/index.html'].map((file) => join(import.meta.dirname, 'page', file))
    }
  },
  plugins: [brotli()]
})
