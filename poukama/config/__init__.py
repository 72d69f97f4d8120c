"""Settings, URLs and the door of the web server: nothing else."""
