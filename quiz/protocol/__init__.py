"""The shapes of all that passes between the page and Python, as JSON.

`framework` has what Python is given once, `request` what the page asks, `reply` what it gets; a reply's parts
are in `rating` and `result`.

Types only: the quiz imports them where it is checked, never where it runs. `make types` writes the same
shapes for the page's scripts (`quiz/browser/protocol.d.ts`), and a test holds the templates against them.
"""
