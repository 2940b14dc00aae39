"""Where articles come from. Each source yields submissions, or the error that says why one is none."""
