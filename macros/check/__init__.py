"""Everything that can be wrong with the files in `framework/`, with file, line and what to write instead."""
