"""Speech models: the shipped one, and in `training` the whole way to it."""
