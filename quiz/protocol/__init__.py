"""The shapes of all that passes between the page and Python, as JSON.

Python is given `framework` once; the page makes a `request` and gets a `reply`, with parts from `rating` and
`result`.

Types only: the quiz imports them where it is checked, never where it runs. `make types` writes them for the
page's scripts (`quiz/browser/protocol.d.ts`), and a test holds the templates against them.
"""
