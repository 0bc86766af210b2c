using System.Globalization;
using System.Text.Json;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Cache;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api;

/// <summary>Takes a program's question through the gateway and writes the answer in its format.</summary>
internal sealed class ApiAnswering(ChatGateway gateway, TimeProvider clock)
{
    public const string Module = "api";

    private static readonly string[] OfflineNames = [OfflineProvider.Id, OfflineProvider.Model, OfflineProvider.Id + "/" + OfflineProvider.Model];

    /// <param name="format">Makes the format once it is known who answers.</param>
    public async Task AnswerAsync(HttpContext context, ApiCaller caller, ApiRequest request, Func<AnswerHead, IAnswerFormat> format)
    {
        var call = CallOf(caller, request, context.GetEndpoint()!.Metadata.GetMetadata<ApiEndpoint>()!.Name);
        var answer = new Pending(context, request.Streams);
        try
        {
            await foreach (var happening in gateway.StreamAsync(call, caller, context.RequestAborted))
            {
                switch (happening)
                {
                    case ChatRouted routed:
                        Check(routed, request);
                        answer.Route(routed, format(new AnswerHead(Guid.CreateVersion7(clock.GetUtcNow()), routed.Model, clock.GetUtcNow())));
                        break;
                    case ChatUpdated updated:
                        await answer.AddAsync(updated.Update);
                        break;
                    case ChatBilled bill:
                        await answer.EndAsync(bill);
                        context.Features.Set(new AnsweredCall(answer.Provider, answer.Model, bill.Cost));
                        break;
                }
            }
        }
        catch (Exception exception) when (answer.HasBegun && exception is not OperationCanceledException)
        {
            await answer.FailAsync(ApiFailures.Explain(exception));
        }
    }

    private static ChatCall CallOf(ApiCaller caller, ApiRequest request, string feature) => new()
    {
        PersonId = caller.Person.Id,
        Module = Module,
        Feature = feature,
        Model = request.Model,
        Messages = request.Messages,
        Options = request.Options,
        Locale = caller.Person.Locale,
        AllowsFallback = false,
    };

    /// <summary>A program that asks for a model by name never hears somebody else instead.</summary>
    private static void Check(ChatRouted routed, ApiRequest request)
    {
        if (routed.Provider == OfflineProvider.Id && !OfflineNames.Contains(request.Model, StringComparer.Ordinal))
            throw new ApiException(new ApiFailure(StatusCodes.Status404NotFound, "model_not_found", $"The model '{request.Model}' is not known here. Ask /v1/models for those that are.", "model"));
    }

    /// <summary>The answer while it is made.</summary>
    private sealed class Pending(HttpContext context, bool streams)
    {
        private readonly List<ChatResponseUpdate> updates = [];
        private readonly ApiStream stream = new(context);
        private IAnswerFormat format = null!;

        public bool HasBegun { get; private set; }

        public string Provider { get; private set; } = "";

        public string Model { get; private set; } = "";

        public void Route(ChatRouted routed, IAnswerFormat chosen)
        {
            (format, Provider, Model) = (chosen, routed.Provider, routed.Model);
            context.Response.Headers["x-atrium-provider"] = routed.Provider;
            context.Response.Headers["x-atrium-model"] = Uri.EscapeDataString(routed.Model);
        }

        public async Task AddAsync(ChatResponseUpdate update)
        {
            updates.Add(update);
            if (!streams)
                return;
            Begin();
            foreach (var part in update.Contents)
                format.Add(stream, part);
            await stream.FlushAsync();
        }

        public async Task EndAsync(ChatBilled bill)
        {
            context.RequestAborted.ThrowIfCancellationRequested();
            var answer = new ApiAnswer([.. updates.ToChatResponse().Messages.SelectMany(message => message.Contents)], bill);
            if (streams)
            {
                Begin();
                format.End(stream, answer);
                await stream.FlushAsync();
                return;
            }
            if (bill.Cost is { } cost)
                context.Response.Headers["x-atrium-cost"] = cost.ToString("0.############", CultureInfo.InvariantCulture);
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "no-store";
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter, ApiStream.Json);
            format.WriteWhole(json, answer);
        }

        public async Task FailAsync(ApiFailure failure)
        {
            format.Fail(stream, failure);
            await stream.FlushAsync();
        }

        private void Begin()
        {
            if (HasBegun)
                return;
            HasBegun = true;
            stream.Start();
            format.Begin(stream);
        }
    }
}
