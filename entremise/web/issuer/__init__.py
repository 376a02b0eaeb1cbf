"""The issuer's desk: badges designed, given one by one, to a list, at an event; who gives them."""
