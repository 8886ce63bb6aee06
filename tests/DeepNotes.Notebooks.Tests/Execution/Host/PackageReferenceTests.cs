using DeepNotes.Notebooks.Execution;
using NuGet.Versioning;

namespace DeepNotes.Notebooks.Tests.Execution.Host;

public class PackageReferenceTests
{
    [Theory]
    [InlineData("nuget: A", "A", null)]
    [InlineData("nuget:A.B-c_d", "A.B-c_d", null)]
    [InlineData("NuGet:  Newtonsoft.Json ,  13.0.1 ", "Newtonsoft.Json", "13.0.1")]
    [InlineData("nuget: A, 1.0.0-Beta.2+build", "A", "1.0.0-Beta.2+build")]
    [InlineData("nuget: A, 2.*", "A", "2.*")]
    [InlineData("nuget: A, *", "A", "*")]
    [InlineData("nuget: A, *-*", "A", "*-*")]
    [InlineData("nuget: A, 1.2.0-rc.*", "A", "1.2.0-rc.*")]
    [InlineData("nuget: A, [13.0.1,14.0)", "A", "[13.0.1,14.0)")]
    [InlineData("nuget: A, ( , 3.0 ]", "A", "( , 3.0 ]")]
    [InlineData("nuget: A,[1.0]", "A", "[1.0]")]
    [InlineData("nuget: A, (1.0,)", "A", "(1.0,)")]
    public void Package_references_in_NuGets_notation_are_parsed(string reference, string name, string? version)
    {
        var package = PackageReference.Parse(reference);

        Assert.Equal(name, package.Name);
        Assert.Equal(version, package.Range?.OriginalString);
    }

    [Theory]
    [InlineData("nuget:", "got \"\"")]
    [InlineData("nuget: , 1.0", "got \"\"")]
    [InlineData("nuget: A;B, 1.0", "got \"A;B\"")]
    [InlineData("nuget: A B", "got \"A B\"")]
    [InlineData("nuget: A/1.0", "got \"A/1.0\"")]
    [InlineData("nuget: ../A", "got \"../A\"")]
    [InlineData("nuget: .A", "got \".A\"")]
    [InlineData("nuget: A\n, 1.0", null)]
    [InlineData("nuget: A\nB", "name of one package")]
    [InlineData("nuget: $([System.IO.File]::ReadAllText(/etc/hostname).Trim()), 1.0", "got \"$([System.IO.File]::ReadAllText(/etc/hostname).Trim())\"")]
    [InlineData("nuget: @(Compile), 1.0", "got \"@(Compile)\"")]
    [InlineData("nuget: %(Identity), 1.0", "got \"%(Identity)\"")]
    [InlineData("nuget: A%3BB, 1.0", "got \"A%3BB\"")]
    [InlineData("nuget: A*, 1.0", "got \"A*\"")]
    [InlineData("nuget: A\" Version=\"1, 1.0", "name of one package")]
    [InlineData("nuget: A,", "expected a version")]
    [InlineData("nuget: A, new", "got \"new\"")]
    [InlineData("nuget: A, 1.0, B, 2.0", "got \"1.0, B, 2.0\"")]
    [InlineData("nuget: A, 1.0;2.0", "got \"1.0;2.0\"")]
    [InlineData("nuget: A, $(Version)", "got \"$(Version)\"")]
    [InlineData("nuget: A, 1.0-$(x)", "got \"1.0-$(x)\"")]
    [InlineData("nuget: A, 1.0+$(x)", "got \"1.0+$(x)\"")]
    [InlineData("nuget: A, [1.0,2.0", "got \"[1.0,2.0\"")]
    [InlineData("nuget: A, [2.0,1.0]", "got \"[2.0,1.0]\"")]
    [InlineData("nuget: A, 1.*.2", "got \"1.*.2\"")]
    public void Any_other_reference_is_rejected(string reference, string? message)
    {
        if (message is null)
        {
            Assert.Equal("A", PackageReference.Parse(reference).Name);
            return;
        }

        Assert.Contains(message, Assert.Throws<ReferenceException>(() => PackageReference.Parse(reference)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nuget: A", "13.0.3", true)]
    [InlineData("nuget: A, 13.0.3", "13.0.3", true)]
    [InlineData("nuget: A, 13.0.3.0", "13.0.3", true)]
    [InlineData("nuget: A, 13.0.1", "13.0.3", false)]
    [InlineData("nuget: A, [13.0.1,)", "13.0.3", true)]
    [InlineData("nuget: A, [13.0.1,13.0.3)", "13.0.3", false)]
    [InlineData("nuget: A, [13.0.3]", "13.0.3", true)]
    [InlineData("nuget: A, 13.*", "13.0.3", true)]
    [InlineData("nuget: A, 12.*", "13.0.3", false)]
    [InlineData("nuget: A, *", "13.0.3", true)]
    [InlineData("nuget: A, *-*", "14.0.1-beta2", true)]
    [InlineData("nuget: A, 14.0.1-BETA2", "14.0.1-beta2", true)]
    public void A_loaded_version_satisfies_a_reference_or_not(string reference, string version, bool allowed) =>
        Assert.Equal(allowed, PackageReference.Parse(reference).Allows(NuGetVersion.Parse(version)));
}
