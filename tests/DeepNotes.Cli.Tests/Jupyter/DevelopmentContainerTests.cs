using System.Text.Json.Nodes;
using DeepNotes.Cli.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>What a codespace is made from fits what is in this repository.</summary>
public sealed class DevelopmentContainerTests
{
    private static readonly string Root = Workspace.Find(AppContext.BaseDirectory).Root;
    private static readonly JsonNode Container = Read(".devcontainer", "devcontainer.json");

    [Fact]
    public void It_has_the_sdk_and_the_extension_that_the_repository_asks_for()
    {
        var sdk = Version.Parse((string)Read("global.json")["sdk"]!["version"]!);

        var recipe = File.ReadAllText(Path.Combine(Root, ".devcontainer", (string)Container["build"]!["dockerfile"]!));
        Assert.Contains($" dotnet-sdk-{sdk.Major}.{sdk.Minor} ", recipe, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(Read(".vscode", "extensions.json")["recommendations"], Container["customizations"]!["vscode"]!["extensions"]));
    }

    [Fact]
    public void It_opens_files_that_are_there() =>
        Assert.All(Container["customizations"]!["codespaces"]!["openFiles"]!.AsArray(), file => Assert.True(File.Exists(Path.Combine(Root, (string)file!)), $"{file}"));

    [Fact]
    public async Task Its_command_is_one_of_ours()
    {
        using var repository = new TestRepository();
        var words = ((string)Container["postCreateCommand"]!).Split(' ');

        Assert.Equal("./deepnotes", words[0]);
        Assert.Equal(0, (await repository.RunAsync([.. words[1..], "--help"])).Code);
    }

    private static JsonNode Read(params string[] path) => JsonNode.Parse(File.ReadAllText(Path.Combine([Root, .. path])))!;
}
