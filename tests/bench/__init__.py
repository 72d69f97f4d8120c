"""What `make bench` measures: figures of this machine, and beside each that of something plain in the same run."""
