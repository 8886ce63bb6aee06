"""execute.py NOTEBOOK OUT TOOL: executes a notebook in the C# kernel of the tool dotnet-interactive, as Jupyter does."""
import json
import os
import sys
import tempfile

notebook, out, tool = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    spec = os.path.join(folder, "kernels", "csharp-of-the-tool")
    os.makedirs(spec)
    with open(os.path.join(spec, "kernel.json"), "w") as file:
        argv = [tool, "jupyter", "--default-kernel", "csharp", "--http-local-only", "{connection_file}"]
        json.dump({"argv": argv, "display_name": "C# of the tool", "language": "C#"}, file)
    os.environ["JUPYTER_PATH"] = folder

    import nbformat
    from nbclient import NotebookClient

    document = nbformat.read(notebook, as_version=4)
    client = NotebookClient(
        document, kernel_name="csharp-of-the-tool", timeout=300, allow_errors=True,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(notebook))}})
    client.execute()
    nbformat.write(document, out)
