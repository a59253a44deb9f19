import type { RequestHandler } from 'express'

const HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>The stand-in Tractionboard</title>'

/**
 * Tells a person who opens the sandbox in a browser where to look. To other clients there is nothing at this address.
 *
 * @param pageUrl gives the address of a page that shows the numbers, if there is one.
 */
export function homePage(pageUrl: () => string | undefined): RequestHandler {
  return (request, response, next) => {
    if (!request.headers.accept?.includes('text/html')) return next()
    const url = pageUrl()
    const page = url
      ? `Its page is at <a href="${url}">${url}</a>.`
      : 'It has a page when it is started with <code>tractionboard start</code>.'
    response.set('content-security-policy', "default-src 'none'").type('html')
    response.send(
      `${HEAD}<p>This is the stand-in Tractionboard. ${page}<p><a href="/sandbox/dashboard">The numbers as JSON</a>`
    )
  }
}
