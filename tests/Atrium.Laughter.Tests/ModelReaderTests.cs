using Atrium.Laughter.Models;
using Atrium.Laughter.Network;
using Atrium.Laughter.Reference;

namespace Atrium.Laughter.Tests;

public sealed class ModelReaderTests
{
    private static readonly byte[] Model = new RandomYamnet(7).Write();

    [Fact]
    public void Reads_the_same_weights_from_either_orientation_turned()
    {
        var upright = Samples.WeightsOf(new RandomYamnet(9));
        var lying = Samples.WeightsOf(new RandomYamnet(9) { Transposed = true });
        lying.First[(1 * 32) + 5].ShouldBe(upright.First[(3 * 32) + 5]);
        lying.Layers[3].Depthwise[(2 * 128) + 17].ShouldBe(upright.Layers[3].Depthwise[(6 * 128) + 17]);
        lying.Layers[3].Pointwise.ShouldBe(upright.Layers[3].Pointwise);
    }

    [Fact]
    public void Refuses_an_operation_that_YAMNet_does_not_have()
    {
        var builder = new OnnxModelWriter();
        builder.Input("patch", -1, 1, 96, 64);
        var convolution = builder.Operation(
            "Conv", ["patch", builder.Constant("w", new float[32 * 9], 32, 1, 3, 3)],
            OnnxModelWriter.Attribute("strides", (long[])[2, 2]), OnnxModelWriter.Attribute("auto_pad", "SAME_UPPER"));
        builder.Operation("LeakyRelu", [convolution]);
        var error = Should.Throw<ModelException>(() => Samples.WeightsOf(builder.Finish()));
        error.Code.ShouldBe("unsupported");
        error.Message.ShouldContain("LeakyRelu");
    }

    [Fact]
    public void Refuses_symmetric_padding_at_stride_two()
    {
        var builder = new OnnxModelWriter();
        builder.Input("patch", -1, 1, 96, 64);
        var convolution = builder.Operation(
            "Conv", ["patch", builder.Constant("w", new float[32 * 9], 32, 1, 3, 3)],
            OnnxModelWriter.Attribute("strides", (long[])[2, 2]), OnnxModelWriter.Attribute("pads", (long[])[1, 1, 1, 1]));
        builder.Operation("Relu", [convolution]);
        Should.Throw<ModelException>(() => Samples.WeightsOf(builder.Finish())).Code.ShouldBe("not-yamnet");
    }

    [Fact]
    public void Refuses_a_mel_matrix_that_is_not_the_front_ends()
    {
        var builder = new OnnxModelWriter();
        builder.Constant("mel", new float[257 * 64], 257, 64);
        Should.Throw<ModelException>(() => Samples.WeightsOf(builder.Finish())).Message.ShouldContain("mel");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(14_000_000)]
    public void Refuses_a_truncated_model(int bytes) => Should.Throw<ModelException>(() => Samples.WeightsOf(Model[..bytes]));

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    public void Refuses_values_in_a_file_outside_the_models_folder(string file)
    {
        var builder = new OnnxModelWriter();
        builder.ExternalConstant("w", file, 0, 4, 1);
        Should.Throw<ModelException>(() => Samples.WeightsOf(builder.Finish())).Code.ShouldBe("malformed");
    }

    [Theory]
    [InlineData(0, 1L << 40)]
    [InlineData(-8, 4)]
    [InlineData(5, 4)]
    [InlineData(long.MaxValue, 4)]
    public void Refuses_values_beyond_the_end_of_their_file(long offset, long length)
    {
        var path = Samples.TemporaryFile(".onnx");
        var builder = new OnnxModelWriter();
        builder.ExternalConstant("w", "file.data", offset, length, 1);
        File.WriteAllBytes(path, builder.Finish());
        File.WriteAllBytes(Path.ChangeExtension(path, ".data"), new byte[8]);
        Should.Throw<ModelException>(() => OnnxYamnet.Read(path)).Code.ShouldBe("malformed");
    }

    [Fact]
    public void Refuses_weights_that_are_no_numbers()
    {
        var broken = (byte[])Model.Clone();
        broken.AsSpan(broken.Length / 2, 16).Fill(0xFF);
        Should.Throw<ModelException>(() => Samples.WeightsOf(broken)).Code.ShouldBe("not-yamnet");
    }

    /// <summary>A seeded sample; bench/ runs ten thousand and more.</summary>
    [Fact]
    public void Damaged_models_are_refused_without_a_crash_or_a_large_allocation()
    {
        var refused = ModelFuzz.Run(Model, seed: 1, count: 60);
        refused.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void The_official_test_tells_a_wrong_network_from_a_right_one()
    {
        var verified = ModelVerification.Verify(Samples.LoudnessNetwork());
        verified.Select(signal => signal.Class).ShouldBe([ClassMap.Silence, ClassMap.WhiteNoise, ClassMap.SineWave]);
        verified.Select(signal => signal.Signal).ShouldBe(["silence", "noise", "tone"]);
        verified.ShouldAllBe(signal => signal.Score < 0.01);
        new VerifiedSignal("tone", ClassMap.SineWave, 11, 0.5).Passed.ShouldBeFalse();
        new VerifiedSignal("tone", ClassMap.SineWave, 10, 0.1).Passed.ShouldBeTrue();
    }

    [Fact]
    public void A_class_map_with_quoted_commas_is_read()
    {
        var lines = Enumerable.Range(0, Yamnet.Classes).Select(index => index is >= 13 and <= 18
            ? $"{index},/m/x{index},{(index == 18 ? "\"Chuckle, chortle\"" : ClassMap.LaughterName(index))}"
            : $"{index},/m/x{index},\"A \"\"sound\"\", number {index}\"");
        var names = ClassMap.Read(new StringReader("index,mid,display_name\n" + string.Join('\n', lines)));
        names[18].ShouldBe("Chuckle, chortle");
        names[20].ShouldBe("A \"sound\", number 20");
        Should.Throw<ModelException>(() => ClassMap.Read(new StringReader("index,mid,display_name\n0,/m/x,Speech")));
        Should.Throw<ModelException>(() => ClassMap.Read(new StringReader("0,/m/x,Speech")));
    }

    [Fact]
    public void The_store_takes_in_a_model_with_its_outside_values_and_refuses_others()
    {
        var folder = Directory.CreateTempSubdirectory("laughter-").FullName;
        var store = new ModelStore(Path.Combine(folder, "models"));
        store.List().ShouldBeEmpty();
        store.Default.ShouldBeNull();
        var file = Path.Combine(folder, "mine.onnx");
        File.WriteAllBytes(file, Model);
        var added = store.Add(file);
        added.Name.ShouldBe("mine.onnx");
        added.Known.ShouldBeNull();
        store.Default.ShouldBe(added.Path);
        store.Verify("mine").Count.ShouldBe(3);
        File.WriteAllText(Path.Combine(folder, "other.onnx"), "no model");
        Should.Throw<ModelException>(() => store.Add(Path.Combine(folder, "other.onnx"))).Code.ShouldBe("malformed");
        Should.Throw<ModelException>(() => store.Verify("absent")).Code.ShouldBe("not-found");
        store.List().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_download_that_is_not_the_known_file_is_thrown_away()
    {
        var store = new ModelStore(Directory.CreateTempSubdirectory("laughter-").FullName);
        using var answers = new FixedAnswer(new byte[2_000]);
        using var http = new HttpClient(answers);
        foreach (var bytes in (long[])[2_000, 1_000])
        {
            var error = await Should.ThrowAsync<ModelException>(() => store.PullAsync(http, KnownModel.All[0] with { Bytes = bytes }, cancellation: TestContext.Current.CancellationToken));
            error.Code.ShouldBe("checksum");
        }

        store.List().ShouldBeEmpty();
    }

    private sealed class FixedAnswer(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(body) });
    }
}
