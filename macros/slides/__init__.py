"""The workshop's slides: one list, shown as a page and as a PowerPoint file."""
