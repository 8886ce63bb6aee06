using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The content of kernel_info_reply.</summary>
internal static class KernelInfo
{
    private static readonly string Version = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);

    public static JsonObject Content()
    {
        var content = Reply.Ok();
        content["protocol_version"] = MessageFormat.ProtocolVersion;
        content["implementation"] = NotebookLanguage.KernelName;
        content["implementation_version"] = Version;
        content["language_info"] = NotebookLanguage.Info();
        content["banner"] = NotebookLanguage.About;
        content["debugger"] = false;
        content["help_links"] = new JsonArray();
        return content;
    }
}
