"""What the promotions bring: counts, answer rates, delays, conversions, adoption, measured honestly."""
