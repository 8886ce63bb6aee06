using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Execution.Host;

public sealed class AssetsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Packages_with_files_and_warnings_are_read()
    {
        var restored = AssetsFile.Read(Write(Assets()))!;

        Assert.Equal([_folder["a/1.0.0/ref/A.dll"]], restored.References);
        Assert.Equal([_folder["a/1.0.0/lib/A.dll"]], restored.Assemblies);
        Assert.Equal([_folder["a/1.0.0/native"]], restored.NativeFolders);
        Assert.Equal("1.0.0", restored.Versions["a"].ToString());
    }

    [Fact]
    public void Native_libraries_for_other_platforms_only_are_read()
    {
        var assets = Assets();
        assets["libraries"]!["A/1.0.0"]!["files"] = new JsonArray("runtimes/here/native/a.so", "runtimes/x/native/liba.dylib", "runtimes/x/native/libb.dylib", "runtimes/y/native/b.dll", "runtimes/y/lib/c.dll");

        Assert.Equal([new("b", "A 1.0.0 for x, y")], AssetsFile.Read(Write(assets))!.ForeignLibraries);
    }

    [Fact]
    public void A_warning_is_one_line_and_vulnerabilities_are_combined()
    {
        var assets = Assets(
            ("NU1603", "Warning", "notebook depends on A (>= 0.9.0) but A 0.9.0 was not found. A 1.0.0 was resolved instead."),
            ("NU1701", "Warning", "Package 'A 1.0.0' was restored using '.NETFramework'.\nmore of it"),
            ("NU1903", "Warning", "Package 'A' 1.0.0 has a known high severity vulnerability, https://one"),
            ("NU1902", "Warning", "Package 'A' 1.0.0 has a known moderate severity vulnerability, https://two"),
            ("NU1900", "Warning", "the audit could not be made"));

        Assert.Equal(
            [
                "NU1603: notebook depends on A (>= 0.9.0) but A 0.9.0 was not found. A 1.0.0 was resolved instead.",
                "NU1701: Package 'A 1.0.0' was restored using '.NETFramework'.",
                "NU1903: Package 'A' 1.0.0 has a known high severity vulnerability, https://one Package 'A' 1.0.0 has a known moderate severity vulnerability, https://two",
            ],
            AssetsFile.Read(Write(assets))!.Warnings);
    }

    [Fact]
    public void The_first_line_of_the_first_error_is_the_reason() => Assert.Equal(
        "NU1102: Unable to find package A with version (>= 99.0.0)",
        AssetsFile.Error(Write(Assets(("NU1603", "Warning", "w"), ("NU1102", "Error", "Unable to find package A with version (>= 99.0.0)\n  - Found 10 version(s)"), ("NU1101", "Error", "second")))));

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"targets":7}""")]
    [InlineData("""{"targets":{"net10.0/RID":7}}""")]
    [InlineData("""{"targets":{"net10.0/RID":{}},"packageFolders":7}""")]
    [InlineData("""{"targets":{"net10.0/RID":{"a":7}}}""")]
    [InlineData("""{"targets":{"net10.0/RID":{"a/not a version":{}}}}""")]
    [InlineData("""{"targets":{"net10.0/RID":{"a/1.0":{"runtime":{"gone.dll":{}}}}},"libraries":{"a/1.0":{"path":"a"}},"packageFolders":{"/":{}}}""")]
    [InlineData("""{"targets":{"net10.0/RID":{"a/1.0":{"compile":{"gone.dll":{}}}}},"libraries":{"a/1.0":{"path":"a"}},"packageFolders":{"/":{}}}""")]
    public void A_damaged_file_counts_as_missing(string text)
    {
        var path = _folder["damaged.json"];
        File.WriteAllText(path, text.Replace("RID", RuntimeInformation.RuntimeIdentifier, StringComparison.Ordinal));

        Assert.Null(AssetsFile.Read(path));
        Assert.Null(AssetsFile.Error(path));
    }

    [Fact]
    public void An_unreadable_file_counts_as_missing()
    {
        Assert.Null(AssetsFile.Read(_folder["none.json"]));
        Assert.Null(AssetsFile.Read(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private string Write(JsonObject assets)
    {
        File.WriteAllText(_folder["assets.json"], assets.ToJsonString());
        return _folder["assets.json"];
    }

    private JsonObject Assets(params (string Code, string Level, string Message)[] logs)
    {
        foreach (var file in new[] { "ref/A.dll", "lib/A.dll", "native/a.so" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"a/1.0.0/{file}"])!);
            File.WriteAllText(_folder[$"a/1.0.0/{file}"], "");
        }

        return new JsonObject
        {
            ["targets"] = new JsonObject
            {
                [$"net10.0/{RuntimeInformation.RuntimeIdentifier}"] = new JsonObject
                {
                    ["A/1.0.0"] = new JsonObject
                    {
                        ["compile"] = new JsonObject { ["ref/A.dll"] = new JsonObject() },
                        ["runtime"] = new JsonObject { ["lib/A.dll"] = new JsonObject() },
                        ["native"] = new JsonObject { ["native/a.so"] = new JsonObject() },
                    },
                },
            },
            ["libraries"] = new JsonObject { ["A/1.0.0"] = new JsonObject { ["path"] = "a/1.0.0" } },
            ["packageFolders"] = new JsonObject { [_folder.Path] = new JsonObject() },
            ["logs"] = new JsonArray([.. logs.Select(log => new JsonObject { ["code"] = log.Code, ["level"] = log.Level, ["message"] = log.Message })]),
        };
    }
}
