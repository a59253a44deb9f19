import { json, jsonParseLinter } from '@codemirror/lang-json'
import { linter } from '@codemirror/lint'
import { EditorView, minimalSetup } from 'codemirror'
import { useEffect, useRef } from 'preact/hooks'
import { EDITOR_EXTENSIONS } from './editor-theme'

interface Props {
  value: string
  label: string
  onChange: (value: string) => void
}

/**
 * An editor of JSON. It lives in a shadow root, because CodeMirror writes its styles into the document otherwise, which
 * the page's policy forbids.
 */
export function Editor({ value, label, onChange }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const change = useRef(onChange)
  change.current = onChange

  useEffect(() => {
    const element = host.current as HTMLDivElement
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const editor = new EditorView({
      doc: value,
      root,
      parent: root,
      extensions: [
        minimalSetup,
        json(),
        linter(jsonParseLinter()),
        EDITOR_EXTENSIONS,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of(({ docChanged, state }) => docChanged && change.current(state.doc.toString()))
      ]
    })
    view.current = editor
    return () => editor.destroy()
  }, [])

  // A sample was chosen: the editor takes the text that it does not have yet.
  useEffect(() => {
    const editor = view.current as EditorView
    const current = editor.state.doc.toString()
    if (current !== value) editor.dispatch({ changes: { from: 0, to: current.length, insert: value } })
  }, [value])

  return <div class="editor" ref={host} />
}
