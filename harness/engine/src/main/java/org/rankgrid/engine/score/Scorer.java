package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rankgrid.engine.Progress;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.task.Answer;

/** Runs a task's sequences through a decoder, several in one pass. How they are put together changes no bit of an answer. */
public final class Scorer {

    private final Backend backend;
    private final Batching batching;

    /** A scorer. */
    public Scorer(Backend backend, Batching batching) {
        this.backend = backend;
        this.batching = batching;
    }

    /**
     * The answers to some requests, in their order.
     *
     * @throws NonFiniteException if a logit is not finite
     */
    public List<Answer> score(Decoder decoder, TokenRequests requests, Progress progress, String title) {
        List<TokenRequest> asked = requests.requests();
        List<Answer.Likelihood[]> likelihoods = new ArrayList<>();
        asked.forEach(request ->
                likelihoods.add(new Answer.Likelihood[request.sequences().size()]));
        try (Progress.Step step = progress.begin(title, batching.tokens(requests), "tokens")) {
            for (List<Bundle> bundles : batching.passes(requests)) {
                Pass pass = new Pass(bundles);
                Pass.Outcome outcome = pass.run(decoder, backend);
                for (Bundle bundle : bundles) {
                    int number = bundle.first();
                    for (TokenSequence sequence : bundle.sequences()) {
                        likelihoods.get(bundle.request())[number] = outcome.next(
                                sequence, asked.get(bundle.request()).name(number));
                        number++;
                    }
                }
                step.advance(pass.tokens());
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (int r = 0; r < asked.size(); r++) {
            answers.add(asked.get(r).answer(Arrays.asList(likelihoods.get(r))));
        }
        return answers;
    }
}
