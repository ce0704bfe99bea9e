"""The self-check's rules, in plain Python.

Only the standard library is used, so the package runs the same in CPython and
in the browser (Pyodide). `quiz.bridge` is the only door for JavaScript,
`quiz.protocol` has the shapes of what passes through it.
"""
