"""The second coder: an endpoint that speaks the OpenAI protocol reads the article, and only what grounds in the text is kept.

Optional: nothing here is imported unless `MUSTER_EXTRACT__CODER` (or `--coder`) asks for it, and the client library only at the first call.
"""
