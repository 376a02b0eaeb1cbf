"""What the tests of the endpoints share."""
