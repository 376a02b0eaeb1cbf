"""How the site is configured, started and reached."""
