"""The board as pages: rendered here, from templates; no script, nothing from elsewhere."""
