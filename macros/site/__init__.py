"""From rendered pages to the published site: what stands beside them, headers, build and server."""
