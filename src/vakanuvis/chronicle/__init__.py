"""The chronicle's domain: what many reports tell of, as functions over records, without a store."""
