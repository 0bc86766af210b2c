using System.CommandLine;
using System.Globalization;
using Atrium.Laughter.Models;
using Atrium.Laughter.Network;
using Spectre.Console;

namespace Atrium.Host.Commands;

/// <summary><c>atrium laughter models add|verify|list|pull</c>: the operator's YAMNet files.</summary>
internal static partial class LaughterCommand
{
    private static Command Models()
    {
        var file = new Argument<string>("file") { Description = "An ONNX file of YAMNet." };
        var add = new Command("add", "Takes a model in after reading it.") { file };
        add.SetAction(result => ReportAsync(() => ShowModels([Store().Add(result.GetRequiredValue(file))])));
        var name = new Argument<string?>("name") { Description = "Name of a model; all without one.", DefaultValueFactory = _ => null };
        var verify = new Command("verify", "Runs the official test: silence, noise and a tone must be heard as such.") { name };
        verify.SetAction(result => ReportAsync(() => Verify(result.GetValue(name))));
        var list = new Command("list", "Lists the models.");
        list.SetAction(_ => ReportAsync(() => ShowModels(Store().List())));
        var known = new Argument<string>("name") { Description = "A known model.", DefaultValueFactory = _ => KnownModel.All[0].Name };
        known.AcceptOnlyFromAmong([.. KnownModel.All.Select(model => model.Name)]);
        var pull = new Command("pull", "Downloads a known model and checks its checksum.") { known };
        pull.SetAction((result, cancellation) => ReportAsync(() => PullAsync(result.GetRequiredValue(known), cancellation)));
        return new Command("models", "The operator's models: add, verify, list, pull.") { add, verify, list, pull };
    }

    private static ModelStore Store() => new(Path.Combine(Environment.GetEnvironmentVariable("ATRIUM_DATA") ?? "data", "models"));

    private static void ShowModels(IReadOnlyList<StoredModel> models)
    {
        var table = new Table().AddColumns("Name", "Bytes", "SHA-256", "Known as");
        foreach (var model in models)
            table.AddRow(model.Name, $"{model.Bytes}", model.Sha256, model.Known ?? "");
        AnsiConsole.Write(table);
    }

    private static void Verify(string? name)
    {
        var names = name is null ? [.. Store().List().Select(model => model.Name)] : (string[])[name];
        if (names.Length == 0)
            throw new ModelException("not-found", "There is no model yet.");
        var passed = true;
        foreach (var model in names)
        {
            foreach (var signal in Store().Verify(model))
            {
                passed &= signal.Passed;
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{model}: {signal.Signal} is class {signal.Class} at rank {signal.Rank} ({signal.Score:0.000}): {(signal.Passed ? "passed" : "failed")}");
            }
        }

        if (!passed)
            throw new ModelException("failed", "A model failed the official test: it is not YAMNet, or is damaged.");
    }

    private static async Task PullAsync(string name, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(10) };
        var known = KnownModel.All.Single(model => model.Name == name);
        await Notes.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask($"Downloading {known.Name} ({known.License})", maxValue: known.Bytes);
            await Store().PullAsync(http, known, new Progress<long>(bytes => task.Value = bytes), cancellation);
        });
        Verify(known.Name);
    }
}
