"""What every endpoint shares: its guard, its answers in JSON, its headers."""
