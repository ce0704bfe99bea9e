"""The tests; `conftest` has what they share."""
