"""The self-check's rules, in plain Python.

Only the standard library is used, so it runs the same in CPython and in the browser (Pyodide), where
`quiz.bridge` is its only door.
"""
