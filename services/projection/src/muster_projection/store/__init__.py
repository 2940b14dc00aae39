"""The store: the only SQL of projection. SQLAlchemy Core; the folds decide, the store keeps."""
