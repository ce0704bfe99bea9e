"""Pure functions from the framework to HTML, through the templates in `macros/templates/`."""
