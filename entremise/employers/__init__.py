"""Establishments (SIRET), their contacts and the log of what was said with them.

The directory is public; contacts and conversations are for the professionals of the territory.
An opposition (« ne plus me solliciter ») holds for every territory where the same address is known.
"""
