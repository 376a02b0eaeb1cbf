"""Communes, employment zones, departments, sectors of activity, and working calendars."""
