"""The HTTP API: one blueprint a resource; handlers parse, call one function, answer."""
