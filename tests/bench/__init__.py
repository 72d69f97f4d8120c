"""What `make bench` measures: figures of this machine, and beside each the figure of something plain in the same run."""
