"""The languages of the screens: catalogues, and the formats that differ from those of Django."""
