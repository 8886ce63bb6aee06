using System.Text.Json.Nodes;
using DeepNotes.Cli.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>The development container is consistent with the repository.</summary>
public sealed class DevelopmentContainerTests
{
    private static readonly string Root = Workspace.Find(AppContext.BaseDirectory).Root;
    private static readonly JsonNode Container = Read(".devcontainer", "devcontainer.json");

    [Fact]
    public void It_has_the_SDK_and_the_extension_required_by_the_repository()
    {
        var sdk = Version.Parse((string)Read("global.json")["sdk"]!["version"]!);

        var recipe = File.ReadAllText(Path.Combine(Root, ".devcontainer", (string)Container["build"]!["dockerfile"]!));
        Assert.Contains($" dotnet-sdk-{sdk.Major}.{sdk.Minor} ", recipe, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(Read(".vscode", "extensions.json")["recommendations"], Container["customizations"]!["vscode"]!["extensions"]));
    }

    [Fact]
    public void It_opens_existing_files() =>
        Assert.All(Container["customizations"]!["codespaces"]!["openFiles"]!.AsArray(), file => Assert.True(File.Exists(Path.Combine(Root, (string)file!)), $"{file}"));

    [Fact]
    public async Task Its_command_is_a_command_of_the_program()
    {
        using var repository = new TestRepository();
        var words = ((string)Container["postCreateCommand"]!).Split(' ');

        Assert.Equal("./deepnotes", words[0]);
        Assert.Equal(0, (await repository.RunAsync([.. words[1..], "--help"])).Code);
    }

    private static JsonNode Read(params string[] path) => JsonNode.Parse(File.ReadAllText(Path.Combine([Root, .. path])))!;
}
