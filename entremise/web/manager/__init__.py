"""The team lead's pages: dashboards, imports, members."""
