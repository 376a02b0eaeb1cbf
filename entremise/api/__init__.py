"""Everything that machines ask for: documents of the standards (keys, lists, badges), the interface to verify."""
