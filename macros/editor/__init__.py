"""The editor's page *Föreslå en ändring*: what it does in Python, which runs in the reader's browser."""
