"""From rendered pages to the published site: assets, headers, build and server."""
